// The length of a text while it is typed: the number in the hint below it.
for (const area of document.querySelectorAll("textarea[data-length]")) {
  const hint = document.getElementById(`${area.id}_helptext`) || document.getElementById(`hint_${area.id}`);
  if (hint) {
    const say = () => {
      hint.textContent = hint.textContent.replace(/\d+/, String([...area.value].length));
    };
    area.addEventListener("input", say);
    say();
  }
}
