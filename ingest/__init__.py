"""Pages in, articles out: what a site says once its template is taken away."""
