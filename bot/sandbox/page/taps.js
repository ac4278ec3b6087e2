/** What happens when a person presses a button, until the bot has answered. */

import { alertWindow } from "./dialogs.js";

const PATIENCE = 20_000; // milliseconds until a button that nobody answers stops waiting

export class Taps {
  #act;
  #notice;
  #does;
  #waiting = new Map(); // callback_query_id -> stops the waiting look of a button
  #early = new Set(); // answers that came before the tap's own reply

  /**
   * @param {(verb: string, body: object) => Promise<any>} act does something as whoever presses.
   * @param {import("./notice.js").Notice} notice
   * @param {{focusPressed: () => void, startInline: (query: string) => void, place: () => void,
   *   problem: (error: Error) => void}} does
   */
  constructor(act, notice, does) {
    this.#act = act;
    this.#notice = notice;
    this.#does = does;
  }

  /**
   * A button under a message.
   * @param {object} message @param {number} row @param {number} column
   * @param {object} button Bot API InlineKeyboardButton.
   * @param {HTMLElement|null} pressed shown as waiting until the answer comes.
   */
  async press(message, row, column, button, pressed) {
    if (pressed?.ariaBusy === "true") return;
    pressed?.setAttribute("aria-busy", "true");
    const stop = () => pressed?.removeAttribute("aria-busy");
    try {
      const tap = await this.#act("tap", { message_id: message.message_id, row, column });
      if (tap.callback_query_id) {
        this.#wait(tap.callback_query_id, stop);
        return;
      }
      stop();
      await this.#other(tap);
    } catch (error) {
      stop();
      this.#does.problem(error);
    }
  }

  /**
   * A button of the reply keyboard.
   * @param {object} message @param {number} row @param {number} column
   * @param {object} button Bot API KeyboardButton.
   */
  async choose(message, row, column, button) {
    if (button.request_location) {
      this.#does.place();
      return;
    }
    try {
      await this.#act("tap", { message_id: message.message_id, row, column });
    } catch (error) {
      this.#does.problem(error);
    }
  }

  /**
   * The bot's answer to a tap.
   * @param {{callback_query_id: string, text?: string, show_alert?: boolean}} answer
   * @param {string} name whose tap it was.
   */
  async answered(answer, name) {
    const stop = this.#waiting.get(answer.callback_query_id);
    if (stop) stop();
    else this.#early.add(answer.callback_query_id);
    this.#waiting.delete(answer.callback_query_id);
    if (!answer.text) return;
    if (!answer.show_alert) {
      this.#notice.show(answer.text);
      return;
    }
    await alertWindow(`For ${name}`, answer.text);
    // The button may have been replaced while the window was open.
    if (document.activeElement === document.body) this.#does.focusPressed();
  }

  #wait(id, stop) {
    if (this.#early.delete(id)) {
      stop();
      return;
    }
    this.#waiting.set(id, stop);
    setTimeout(() => {
      if (this.#waiting.delete(id)) stop();
    }, PATIENCE);
  }

  async #other(tap) {
    if (tap.inline_query !== undefined) this.#does.startInline(tap.inline_query);
    else if (tap.copied !== undefined) await this.#copy(tap.copied);
    else if (tap.url) this.#notice.show(`This button leads to ${tap.url}`);
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.#notice.show(`Copied: ${text}`);
    } catch {
      this.#notice.show(`Copy this: ${text}`);
    }
  }
}
