// Selected words of a stored text lead to the page that makes a statement of them.

const link = document.querySelector("#enter-selected");
const text = document.querySelector(".stored-text");

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return "";
  const piece = document.createElement("div");
  piece.append(range.cloneContents());
  // What only screen readers hear is not in the text.
  for (const hidden of piece.querySelectorAll(".visually-hidden")) hidden.remove();
  const paragraphs = [...piece.querySelectorAll("p")];
  const words = paragraphs.length ? paragraphs.map((p) => p.textContent).join("\n") : piece.textContent;
  return words.trim();
}

if (link && text) {
  const plain = link.href;
  const idle = link.textContent;
  document.addEventListener("selectionchange", () => {
    const words = selected();
    const url = new URL(plain);
    if (words && words.length <= 5000) url.searchParams.set("words", words);
    link.href = url;
    link.textContent = words ? link.dataset.selected : idle;
    link.classList.toggle("follows", Boolean(words));
  });
}
