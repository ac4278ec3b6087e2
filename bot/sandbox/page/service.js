/** What a group says by itself: who came and went, its name, its moves. */

/**
 * @param {object} message Bot API Message.
 * @returns {string} a sentence, or nothing for a message that people wrote.
 */
export function serviceWords(message) {
  const who = message.from?.first_name ?? "";
  const names = (people) => people.map((one) => one.first_name).join(", ");
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} made this group.`;
  if (message.new_chat_members) return `${names(message.new_chat_members)} came into the group.`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} is not in the group any more.`;
  if (message.new_chat_title) return `The group is called ${message.new_chat_title} now.`;
  if (message.migrate_to_chat_id) return "This group became a supergroup.";
  if (message.migrate_from_chat_id) return "This supergroup was a group before.";
  return "";
}
