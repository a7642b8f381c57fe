/** Entry of the page: the workbench in its place. */
import { render } from 'preact';
import { App } from './app.js';
import { embeddedSetup, fetchedSetup } from './setup.js';

const place = document.getElementById('workbench');
if (place !== null) {
  const setup = place.dataset['setup'] === 'embedded' ? embeddedSetup() : fetchedSetup();
  setup.then(
    (ready) => {
      place.textContent = '';
      render(<App setup={ready} />, place);
    },
    (error: unknown) => {
      place.textContent = `The workbench cannot start: ${String(error)}`;
    },
  );
}
