"""What keeps a visitor safe and private: crisis language, personal data; no model, no I/O, asked by every other room."""
