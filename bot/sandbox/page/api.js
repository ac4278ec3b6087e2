/** Calls to the sandbox's people-side API. The control token comes from the page's address. */

const token = new URLSearchParams(location.search).get("token") ?? "";

/** The server understood and said no; `message` is in plain words and may be shown. */
export class Refused extends Error {
  /** @param {string} message @param {number} status HTTP status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The server could not be reached; `message` may be shown. */
export class Away extends Error {
  constructor() {
    super("The practice chat does not answer. Is it still running?");
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  const headers = { "X-Sandbox-Token": token };
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, body: form ? body : JSON.stringify(body) });
  } catch {
    throw new Away();
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refused(answer?.error ?? "The practice chat could not do that.", response.status);
  }
  return answer;
}

/** @param {string} path @returns {Promise<any>} @throws {Refused|Away} */
export const get = (path) => call("GET", path);

/**
 * @param {string} path
 * @param {object|FormData} [body] sent as JSON, or as a form with files.
 * @returns {Promise<any>} @throws {Refused|Away}
 */
export const post = (path, body = {}) => call("POST", path, body);

/**
 * Reads something that this sandbox may not have, such as the demo's settings.
 * @template T
 * @param {string} path
 * @param {T} otherwise the answer when the server refuses.
 * @returns {Promise<any|T>} @throws {Away}
 */
export async function getOr(path, otherwise) {
  try {
    return (await get(path)) ?? otherwise;
  } catch (error) {
    if (error instanceof Refused) return otherwise;
    throw error;
  }
}

/** Address of a file's bytes. @param {string} fileId */
export const fileUrl = (fileId) =>
  `/file/${encodeURIComponent(fileId)}?token=${encodeURIComponent(token)}`;

/** Address of the event stream. */
export const streamUrl = () => `/events?token=${encodeURIComponent(token)}`;
