// Makes the staff's desk quicker: copy buttons, and judgments without a reload. Without it every form and every text works as it stands.

const texts = JSON.parse(document.querySelector("script[data-texts]").dataset.texts);
const status = document.querySelector("#status");

function tell(text) {
  if (status) status.textContent = text;
}

// A button over every text that is there to be copied.
function addCopyButton(text) {
  const label = text.previousElementSibling;
  const button = Object.assign(document.createElement("button"), {type: "button", className: "plain", textContent: texts.copy});
  button.setAttribute("aria-describedby", label.id);
  button.addEventListener("click", () => navigator.clipboard.writeText(text.textContent).then(
    () => { button.textContent = texts.copied; tell(texts.copied); setTimeout(() => { button.textContent = texts.copy; }, 2000); },
    () => tell(texts.not_copied)));
  label.after(button);
}

// Sends a judge form, takes the same form out of the page that comes back, and keeps the focus on the button that was pressed.
async function judge(event) {
  const form = event.target, pressed = event.submitter;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form));
  data.set(pressed.name, pressed.value);
  const place = [...form.querySelectorAll("button")].indexOf(pressed);
  try {
    const response = await fetch(form.action, {method: "POST", body: data, headers: {accept: "text/html"}});
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(form.id);
    if (!response.ok || !fresh) throw new Error("not kept");
    form.replaceChildren(...fresh.childNodes);
    form.querySelectorAll("button")[place].focus();
    tell(texts.kept);
  } catch {
    form.removeEventListener("submit", judge);
    tell(texts.not_kept);
    if (!form.querySelector(".problem")) form.append(Object.assign(document.createElement("p"), {className: "problem", textContent: texts.not_kept}));
    form.addEventListener("submit", judge);
  }
}

if (navigator.clipboard) document.querySelectorAll(".copy pre").forEach(addCopyButton);
document.querySelectorAll("form.judge").forEach(form => form.addEventListener("submit", judge));
