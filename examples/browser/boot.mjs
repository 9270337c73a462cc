/** Loads the page's program, or says in words why it does not load: an old browser, WebAssembly forbidden, a build that is missing. */
try {
  await import('./main.mjs');
} catch (error) {
  const place = document.getElementById('failure');
  place.textContent = `The page's program does not load here: ${error.message}`;
  place.hidden = false;
  throw error;
}
