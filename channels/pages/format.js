// WhatsApp's text formatting as DOM nodes. Everything a person wrote goes in as text, never as markup.

const MARKS = /```([\s\S]+?)```|\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_|~(\S(?:[^~\n]*\S)?)~|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/g;
const TAGS = ["code", "strong", "em", "s"];
const LETTER = /[\p{L}\p{N}]/u;

// *bold*, _italic_, ~struck~, ```code``` and links; marks inside a word (snake_case_name) stay as they are.
export function formatted(text, depth = 3) {
  const whole = document.createDocumentFragment();
  let end = 0;
  for (const found of depth ? text.matchAll(MARKS) : []) {
    const group = found.slice(1).findIndex((part) => part !== undefined);
    const after = found.index + found[0].length;
    const inWord = LETTER.test(text[found.index - 1] ?? "") || LETTER.test(text[after] ?? "");
    if (found.index < end || (group < 4 && inWord)) continue;
    whole.append(text.slice(end, found.index), group === 4 ? link(found[0]) : marked(group, found[group + 1], depth));
    end = after;
  }
  whole.append(text.slice(end));
  return whole;
}

function marked(group, inner, depth) {
  const element = document.createElement(TAGS[group]);
  element.append(group === 0 ? inner : formatted(inner, depth - 1));
  return element;
}

function link(address) {
  const element = document.createElement("a");
  element.href = address; // the pattern only lets http and https through
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  element.textContent = address;
  return element;
}
