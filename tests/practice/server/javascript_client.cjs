// An independent client serves a customer: both sides of one chat. The answers go to standard output as JSON.
// Address, inbox and the agent's token come by the environment.

const { default: Client } = require("@figuro/chatwoot-sdk");

const { DESK, INBOX, TOKEN } = process.env;
const desk = new Client({ config: { basePath: DESK, with_credentials: false, token: TOKEN } });
const anybody = new Client({ config: { basePath: DESK, with_credentials: false } });
const stranger = new Client({ config: { basePath: DESK, with_credentials: false, token: "wrong" } });

async function customer() {
  const contact = await anybody.client.contacts.create({ inboxIdentifier: INBOX, data: { name: "Olle Berg", email: "olle@customers.example" } });
  const place = { inboxIdentifier: INBOX, contactIdentifier: contact.source_id };
  const { id } = await anybody.client.conversations.create(place);
  await anybody.client.messages.create({ ...place, conversationId: id, data: { content: "Finns det hattar?" } });
  return { place: { ...place, conversationId: id }, conversationId: id };
}

async function main() {
  const { place, conversationId } = await customer();
  const here = { accountId: 1, conversationId };
  const profile = await desk.profile.profile();
  const listed = await desk.conversations.list({ accountId: 1 });
  await desk.messages.create({ ...here, data: { content: "Ja, gröna.", message_type: "outgoing" } });
  const labels = await desk.conversationLabels.add({ ...here, data: { labels: ["delivery"] } });
  const toggled = await desk.conversations.toggleStatus({ ...here, data: { status: "resolved" } });
  const read = await anybody.client.messages.list(place);
  const found = await desk.contacts.search({ accountId: 1, q: "olle" });
  const canned = await desk.cannedResponses.list({ accountId: 1 });
  const refused = await stranger.profile.profile().then(() => 200, (error) => error.status);
  const missing = await desk.conversations.get({ accountId: 1, conversationId: 99999 }).catch((error) => error.status);
  console.log(JSON.stringify({
    name: profile.name,
    listed: listed.data.payload.map((one) => one.id).includes(conversationId),
    labels: labels.payload,
    status: toggled.payload.current_status,
    read: read.map((message) => message.content),
    found: found.payload.map((one) => one.name),
    canned: canned.length,
    refused,
    missing,
  }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
