// The form says what the address asks for, also on a page that the browser kept as it was left:
// there `autocomplete="off"`, which is for pages that are loaded again, does nothing.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelector(".timeline-form").reset();
});
