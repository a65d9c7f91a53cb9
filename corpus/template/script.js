var wrenfield = {"ajax_url": "/wp-admin/admin-ajax.php", "labels": {"open": "Open menu", "close": "Close menu", "more": "Read more about our programs"}};
document.querySelectorAll(".menu-toggle").forEach(function (button) {
  button.addEventListener("click", function () {
    var open = document.body.classList.toggle("menu-open");
    button.setAttribute("aria-expanded", open ? "true" : "false");
  });
});
document.querySelectorAll("[role=button][aria-controls]").forEach(function (title) {
  function toggle() {
    var panel = document.getElementById(title.getAttribute("aria-controls"));
    var open = panel.style.display === "none";
    panel.style.display = open ? "block" : "none";
    title.setAttribute("aria-expanded", open ? "true" : "false");
  }
  title.addEventListener("click", toggle);
  title.addEventListener("keydown", function (event) { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); } });
});
document.querySelectorAll(".cn-set-cookie").forEach(function (button) {
  button.addEventListener("click", function () { document.getElementById("cookie-notice").style.display = "none"; });
});
