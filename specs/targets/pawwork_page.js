// The names of the real page's storage and timeline, by which its target knows it:
// pawwork.settings.dat, session-turn-list
const server = localStorage.getItem("pawwork.settings.dat:defaultServerUrl");
const [, route, , session] = location.pathname.split("/");
const directory = new TextDecoder().decode(
  Uint8Array.from(atob(route.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)),
);
const headers = (where) => ({
  "Content-Type": "application/json",
  "x-opencode-directory": encodeURIComponent(where),
});
const ask = (path) =>
  fetch(`${server}/session/${session}${path}`, { headers: headers(directory) });
const composer = document.querySelector('[data-component="prompt-input"]');
let viewport, list;

function draw() {
  viewport = document.createElement("div");
  viewport.dataset.component = "scroll-viewport";
  list = document.createElement("div");
  list.dataset.slot = "session-turn-list";
  viewport.append(list);
  document.querySelector("main").replaceChildren(viewport);
}

async function load() {
  const answer = await ask("/message");
  const atEnd = viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop < 2;
  const rows = new Map();
  for (const message of await answer.json()) {
    const id = message.info.role === "user" ? message.info.id : message.info.parentID;
    const text = message.parts.map((part) => part.text ?? "").join("");
    if (message.info.role === "user" || !SPEECHLESS) rows.set(id, (rows.get(id) ?? "") + text);
  }
  for (const [id, text] of rows) {
    let row = list.querySelector(`[data-message-id="${id}"]`);
    if (!row) {
      row = document.createElement("div");
      row.dataset.messageId = id;
      list.append(row);
    }
    if (row.textContent !== text) row.textContent = text;
  }
  if (atEnd) viewport.scrollTop = viewport.scrollHeight;
}

function busy(is) {
  const icon = document.createElement("i");
  icon.dataset.icon = is ? "stop" : "arrow-up";
  document.querySelector("button").replaceChildren(icon);
}

composer.addEventListener("keydown", async (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const body = JSON.stringify({ parts: [{ type: "text", text: composer.innerText.trim() }] });
  composer.textContent = "";
  busy(true);
  const { executionContext } = await (await ask("")).json();
  const works = headers(executionContext.activeDirectory);
  fetch(`${server}/session/${session}/prompt_async`, { method: "POST", headers: works, body });
});

new EventSource(`${server}/global/event`).onmessage = async (event) => {
  const { type } = JSON.parse(event.data).payload;
  if (FORGETFUL && type === "session.idle") draw();
  await load();
  if (type === "session.idle") busy(false);
};
draw();
busy(false);
load();
