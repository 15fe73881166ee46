"use strict";
// The customer's side of the practice desk: the public API to write, the cable to hear. Whatever comes from
// the desk is put on the page as text; nothing is ever parsed as HTML.

const TEXTS = {
  en: {
    practice: "A practice desk: whoever answers is learning. Write nothing private.",
    startTitle: "Start a chat", topic: "Topic", name: "Your name, if you like", question: "Your question",
    begin: "Start the chat", message: "Your message", files: "Add files", send: "Send", end: "End the chat",
    again: "Start another chat", you: "You", desk: "Automatic message", typing: "{name} is writing",
    openNow: "Open now.", closedNow: "Closed now. You can write; the answer comes when we open.",
    always: "Open around the clock.", closed: "closed", rated: "Thank you for your rating.",
    lost: "The connection is lost. Trying again.", notSent: "This was not sent. Your text is still here; try again.",
    ended: "The chat has ended. If you write, it goes on.", rating: "Rating, 5 is best", words: "In your words",
    rate: "Send the rating", file: "File", offline: "The desk does not answer. Reload the page to try again.",
  },
  fi: {
    practice: "Harjoituspiste: vastaaja vasta opettelee. Älä kirjoita mitään yksityistä.",
    startTitle: "Aloita keskustelu", topic: "Aihe", name: "Nimesi, jos haluat kertoa", question: "Kysymyksesi",
    begin: "Aloita keskustelu", message: "Viestisi", files: "Lisää tiedostoja", send: "Lähetä",
    end: "Lopeta keskustelu", again: "Aloita uusi keskustelu", you: "Sinä", desk: "Automaattinen viesti",
    typing: "{name} kirjoittaa", openNow: "Avoinna nyt.",
    closedNow: "Nyt suljettu. Voit kirjoittaa, vastaamme kun avaamme.", always: "Avoinna ympäri vuorokauden.",
    closed: "suljettu", rated: "Kiitos arviosta.", lost: "Yhteys katkesi. Yritetään uudelleen.",
    notSent: "Viestiä ei lähetetty. Teksti on tallella, yritä uudelleen.",
    ended: "Keskustelu on päättynyt. Jos kirjoitat, se jatkuu.", rating: "Arvosana, 5 on paras",
    words: "Omin sanoin", rate: "Lähetä arvio", file: "Tiedosto",
    offline: "Palvelu ei vastaa. Lataa sivu uudelleen.",
  },
  sv: {
    practice: "En övningsplats: den som svarar håller på att lära sig. Skriv inget privat.",
    startTitle: "Börja en chatt", topic: "Ämne", name: "Ditt namn, om du vill", question: "Din fråga",
    begin: "Börja chatten", message: "Ditt meddelande", files: "Lägg till filer", send: "Skicka",
    end: "Avsluta chatten", again: "Börja en ny chatt", you: "Du", desk: "Automatiskt meddelande",
    typing: "{name} skriver", openNow: "Öppet nu.", closedNow: "Stängt nu. Du kan skriva, svaret kommer när vi öppnar.",
    always: "Öppet dygnet runt.", closed: "stängt", rated: "Tack för ditt omdöme.",
    lost: "Förbindelsen bröts. Försöker igen.",
    notSent: "Meddelandet skickades inte. Texten finns kvar, försök igen.",
    ended: "Chatten är avslutad. Om du skriver fortsätter den.", rating: "Omdöme, 5 är bäst",
    words: "Med egna ord", rate: "Skicka omdömet", file: "Fil", offline: "Tjänsten svarar inte. Ladda om sidan.",
  },
  nl: {
    practice: "Een oefenbalie: wie antwoordt is nog aan het leren. Schrijf niets persoonlijks.",
    startTitle: "Begin een chat", topic: "Onderwerp", name: "Je naam, als je wilt", question: "Je vraag",
    begin: "Begin de chat", message: "Je bericht", files: "Bestanden toevoegen", send: "Versturen",
    end: "Chat beëindigen", again: "Nieuwe chat beginnen", you: "Jij", desk: "Automatisch bericht",
    typing: "{name} is aan het schrijven", openNow: "Nu open.",
    closedNow: "Nu gesloten. Je kunt schrijven, het antwoord komt als we open zijn.",
    always: "Dag en nacht open.", closed: "gesloten", rated: "Bedankt voor je beoordeling.",
    lost: "De verbinding is weg. We proberen het opnieuw.",
    notSent: "Dit is niet verstuurd. Je tekst staat er nog, probeer het opnieuw.",
    ended: "De chat is beëindigd. Als je schrijft, gaat hij verder.", rating: "Beoordeling, 5 is het beste",
    words: "In je eigen woorden", rate: "Beoordeling versturen", file: "Bestand",
    offline: "De balie antwoordt niet. Laad de pagina opnieuw.",
  },
};
const KEPT = "practice-chat";
const TYPING_STOPS_AFTER = 4000, TYPING_FORGOTTEN_AFTER = 30000, PRESENCE_EVERY = 60000;
const RETRY_FIRST = 1000, RETRY_MOST = 15000;
const INCOMING = 0, TEMPLATE = 3;

const language = navigator.languages.map((one) => one.slice(0, 2)).find((one) => one in TEXTS) || "en";
const words = TEXTS[language];
const at = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });

let desk = null;
let session = null; // {inbox, topic, source, token, conversation}
const shown = new Map(); // list items by message id

function made(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(`/public/api/v1/inboxes/${encodeURIComponent(session.inbox)}${path}`, {
    method,
    headers: body && !form ? { "content-type": "application/json" } : {},
    body: form ? body : body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
const talk = (rest = "") =>
  `/contacts/${encodeURIComponent(session.source)}/conversations/${session.conversation}${rest}`;

// Choosing a topic

function localText(texts) {
  return texts[language] || texts[""] || "";
}

function showOpening() {
  const queue = desk.queues[at("topic").selectedIndex];
  at("open-now").textContent = queue.always ? words.always : queue.open ? words.openNow : words.closedNow;
  at("closed-text").textContent = queue.open ? "" : localText(queue.closed);
  const hours = queue.always ? [] : [1, 2, 3, 4, 5, 6, 0].map((day) => queue.hours.find((one) => one.day_of_week === day));
  at("hours").replaceChildren(...hours.filter(Boolean).map((day) => made("li", hoursOf(day))));
}

function hoursOf(day) {
  const name = weekday.format(new Date(Date.UTC(2024, 8, 1 + day.day_of_week))); // 1 September 2024 was a Sunday
  const two = (number) => String(number).padStart(2, "0");
  if (day.closed_all_day) return `${name}: ${words.closed}`;
  if (day.open_all_day) return `${name}: 00:00–24:00`;
  return `${name}: ${two(day.open_hour)}:${two(day.open_minutes)}–${two(day.close_hour)}:${two(day.close_minutes)}`;
}

async function begin(event) {
  event.preventDefault();
  const queue = desk.queues[at("topic").selectedIndex];
  const button = at("start").querySelector("button");
  button.disabled = true;
  at("start-trouble").textContent = "";
  try {
    session = { inbox: queue.identifier, topic: queue.name };
    const contact = await call("POST", "/contacts", { name: at("name").value.trim(), custom_attributes: { language } });
    Object.assign(session, { source: contact.source_id, token: contact.pubsub_token });
    const about = { language, page: queue.page, topic: queue.name };
    const started = await call("POST", `/contacts/${encodeURIComponent(session.source)}/conversations`, {
      custom_attributes: about, tell_when_busy: true, local_time: String(new Date()),
    });
    session.conversation = started.id;
    await call("POST", talk("/messages"), { content: at("first").value });
    sessionStorage.setItem(KEPT, JSON.stringify(session));
    openChat();
  } catch {
    at("start-trouble").textContent = words.notSent;
  } finally {
    button.disabled = false;
  }
}

// Showing what is said

function textWithLinks(text) {
  const paragraph = made("p", undefined, "text");
  for (const part of text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)) {
    paragraph.append(/^https?:\/\//.test(part) ? link(part) : part);
  }
  return paragraph;
}

function link(address) {
  const anchor = made("a", address);
  const here = desk.help_centre && address.startsWith(`${desk.help_centre}/hc/`);
  anchor.href = here ? address.slice(desk.help_centre.length) : address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function attachment(file) {
  const path = new URL(file.data_url, location.href).pathname; // never another server's
  const name = decodeURIComponent(path.split("/").pop());
  const anchor = made("a", `${words.file}: ${name} (${Math.ceil(file.file_size / 1024)} kB)`);
  anchor.href = path;
  if (!file.thumb_url) return anchor;
  const picture = made("img");
  picture.src = path;
  picture.alt = name;
  return picture;
}

function survey(message) {
  const given = (message.content_attributes.submitted_values || {}).csat_survey_response;
  if (given) return made("p", `${words.rated} (${given.rating}/5)`);
  const form = made("form"), choices = made("fieldset"), button = made("button", words.rate);
  choices.append(made("legend", words.rating));
  for (const rating of [1, 2, 3, 4, 5]) {
    const label = made("label", ` ${rating}`), radio = made("input");
    Object.assign(radio, { type: "radio", name: `rating-${message.id}`, value: String(rating), required: true });
    label.prepend(radio);
    choices.append(label);
  }
  const label = made("label", words.words), feedback = made("textarea");
  label.append(feedback);
  form.append(choices, label, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const rating = Number(new FormData(form).get(`rating-${message.id}`));
    const answer = { submitted_values: { csat_survey_response: { rating, feedback_message: feedback.value } } };
    await attempt(async () => show(await call("PATCH", talk(`/messages/${message.id}`), answer)));
  });
  return form;
}

function item(message) {
  const mine = message.message_type === INCOMING, automatic = message.message_type === TEMPLATE;
  const sender = message.sender || {};
  const who = mine ? words.you : automatic ? words.desk : sender.available_name || sender.name || "";
  const row = made("li", undefined, mine ? "mine" : automatic ? "automatic" : "theirs");
  row.dataset.id = String(message.id);
  row.append(made("p", `${who}, ${clock.format(new Date(message.created_at * 1000))}`, "who"));
  if (message.content) row.append(textWithLinks(message.content));
  for (const file of message.attachments || []) row.append(attachment(file));
  if (message.content_type === "input_csat") row.append(survey(message));
  return row;
}

function show(message) {
  const known = shown.get(message.id), log = at("log");
  const { content, attachments, content_attributes } = message;
  const look = JSON.stringify([content, attachments, (content_attributes || {}).submitted_values]);
  if (known && known.look === look) return; // a read mark does not empty a rating half given
  const row = item(message);
  shown.set(message.id, { row, look });
  if (known) {
    known.row.replaceWith(row);
    return;
  }
  const later = [...log.children].find((one) => Number(one.dataset.id) > message.id);
  log.insertBefore(row, later || null);
  log.scrollTop = log.scrollHeight;
}

function showTyping(name) {
  clearTimeout(showTyping.timer);
  at("typing").textContent = name ? words.typing.replace("{name}", name) : "";
  if (name) showTyping.timer = setTimeout(() => showTyping(""), TYPING_FORGOTTEN_AFTER);
}

function showStatus(status) {
  const over = status === "resolved";
  at("ended").textContent = over ? words.ended : "";
  at("again").hidden = !over;
  at("end").hidden = over;
}

// Hearing: the cable

let retryAfter = RETRY_FIRST;

function listen() {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/cable`, "actioncable-v1-json");
  const mine = session; // a chat that was left behind is not listened to again
  const identifier = JSON.stringify({ channel: "RoomChannel", pubsub_token: session.token });
  const presence = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ command: "message", identifier, data: '{"action":"update_presence"}' }));
    }
  }, PRESENCE_EVERY);
  socket.addEventListener("message", (event) => {
    const frame = JSON.parse(event.data);
    if (session !== mine) socket.close();
    else if (frame.type === "welcome") socket.send(JSON.stringify({ command: "subscribe", identifier }));
    else if (frame.type === "confirm_subscription") caughtUp();
    else if (!frame.type) hear(frame.message.event, frame.message.data);
  });
  socket.addEventListener("close", () => {
    clearInterval(presence);
    if (session !== mine) return;
    at("connection").textContent = words.lost;
    setTimeout(() => session === mine && listen(), retryAfter);
    retryAfter = Math.min(RETRY_MOST, retryAfter * 2);
  });
}

async function caughtUp() {
  const conversation = await call("GET", talk()).catch(() => null);
  if (!conversation) return;
  retryAfter = RETRY_FIRST;
  at("connection").textContent = "";
  conversation.messages.forEach(show);
  showStatus(conversation.status);
  seen();
}

function hear(event, data) {
  const about = event.startsWith("message.") ? data.conversation_id : (data.conversation || data).id;
  if (about !== session.conversation) return;
  if (event.startsWith("message.")) {
    show(data);
    if (data.message_type !== INCOMING) showTyping("");
    if (event === "message.created") seen();
  } else if (event === "conversation.typing_on" && !data.is_private) {
    showTyping(data.user.available_name || data.user.name);
  } else if (event === "conversation.typing_off") {
    showTyping("");
  } else if (event === "conversation.status_changed") {
    showStatus(data.status);
  }
}

function seen() {
  if (document.visibilityState === "visible") call("POST", talk("/update_last_seen")).catch(() => null);
}

// Writing

let typing = false, typingTimer = 0;

function tellTyping(on) {
  clearTimeout(typingTimer);
  if (on) typingTimer = setTimeout(() => tellTyping(false), TYPING_STOPS_AFTER);
  if (on === typing || !session) return;
  typing = on;
  call("POST", talk("/toggle_typing"), { typing_status: on ? "on" : "off" }).catch(() => null);
}

async function attempt(work) {
  at("trouble").textContent = "";
  try {
    await work();
    return true;
  } catch {
    at("trouble").textContent = words.notSent;
    return false;
  }
}

async function send(event) {
  event.preventDefault();
  const text = at("message").value, files = at("files").files;
  const button = at("composer").querySelector("button");
  if ((!text.trim() && !files.length) || button.disabled) return;
  button.disabled = true;
  tellTyping(false);
  const body = new FormData();
  body.append("content", text);
  for (const file of files) body.append("attachments[]", file);
  const sent = await attempt(async () => show(await call("POST", talk("/messages"), files.length ? body : { content: text })));
  button.disabled = false;
  if (sent) {
    if (at("message").value === text) at("message").value = "";
    at("files").value = "";
  }
  at("message").focus();
}

// Beginning and ending

function openChat() {
  at("start").hidden = true;
  at("chat").hidden = false;
  at("chat-topic").textContent = session.topic;
  listen();
  at("message").focus();
}

function leaveChat() {
  session = null;
  sessionStorage.removeItem(KEPT);
  shown.clear();
  at("log").replaceChildren();
  for (const id of ["trouble", "connection", "typing", "ended", "start-trouble"]) at(id).textContent = "";
  at("chat").hidden = true;
  at("start").hidden = false;
  at("first").value = "";
  showOpening();
  at("topic").focus();
}

async function resume() {
  try {
    session = JSON.parse(sessionStorage.getItem(KEPT));
    if (session && (await call("GET", talk()))) return openChat();
  } catch {
    // what was kept belongs to a desk that is gone
  }
  leaveChat();
}

async function start() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = words[element.dataset.text];
  desk = await (await fetch("/customer/desk")).json();
  document.title = desk.name;
  at("desk-name").textContent = desk.name;
  at("topic").append(...desk.queues.map((queue) => made("option", queue.name)));
  at("topic").addEventListener("change", showOpening);
  at("start").addEventListener("submit", begin);
  at("composer").addEventListener("submit", send);
  at("message").addEventListener("input", () => tellTyping(at("message").value !== ""));
  at("message").addEventListener("blur", () => tellTyping(false));
  at("message").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  });
  at("end").addEventListener("click", () => attempt(() => call("POST", talk("/toggle_status"))));
  at("again").addEventListener("click", leaveChat);
  document.addEventListener("visibilitychange", () => session && seen());
  await resume();
}

start().catch(() => {
  at("start").hidden = false;
  at("start-trouble").textContent = words.offline;
});
