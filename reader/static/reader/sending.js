// What is sent to the server, and why something was not taken: it waits, it is refused, or it met another change.
export class Waits extends Error {
  // Why: "offline", "failed" by the server, or "signedOut".
  constructor(why) { super(why); this.why = why; }
}

export class Refused extends Error {
  constructor(message, status) { super(message); this.status = status; }
}

export class Conflict extends Error {
  // The note as it is now; nothing where it was deleted.
  constructor(theirs) { super("conflict"); this.theirs = theirs; }
}

// Send a change and give the answer.
export async function post(address, data, token) {
  const headers = { Accept: "application/json", "X-CSRFToken": token || "" };
  const asked = fetch(address, { method: "POST", body: new URLSearchParams(data), headers });
  const response = await asked.catch(() => { throw new Waits("offline"); });
  const isJson = !response.redirected && response.headers.get("Content-Type")?.includes("json");
  const answer = isJson ? await response.json().catch(() => null) : null;
  if (response.ok && answer) return answer;
  if (response.status === 409 && answer && "theirs" in answer) throw new Conflict(answer.theirs);
  if ([401, 403].includes(response.status) || response.redirected) throw new Waits("signedOut");
  if (response.status >= 500 || [408, 429].includes(response.status)) throw new Waits("failed");
  throw new Refused(answer?.error || "", response.status);
}

// A name that no other change has; plain http knows no randomUUID.
export function newName() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
