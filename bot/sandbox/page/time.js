/** Times for people: UK wall time, 24 hours, with the weekday. */

const ZONE = "Europe/London";
const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, ...options });
const TIME = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = format({
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const HOUR = format({ hour: "2-digit", hourCycle: "h23" });

/** "14:05" @param {Date} moment */
export const clockTime = (moment) => TIME.format(moment);

/** "Monday 23 November 2026" @param {Date} moment */
export const day = (moment) => DAY.format(moment).replace(",", "");

/** "Mon 23 Nov, 14:05" @param {Date} moment */
export const short = (moment) => SHORT.format(moment);

/** The part of the day, for the sky: "dawn", "day", "dusk" or "night". @param {Date} moment */
export function partOfDay(moment) {
  const hour = Number(HOUR.format(moment));
  if (hour < 5 || hour >= 21) return "night";
  if (hour < 8) return "dawn";
  return hour < 17 ? "day" : "dusk";
}

/** A Bot API date (seconds) as a Date. @param {number} seconds */
export const fromSeconds = (seconds) => new Date(seconds * 1000);
