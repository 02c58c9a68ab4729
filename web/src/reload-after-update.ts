const KEY = 'sonae.reloadedFor';

/**
 * An update of the service takes the files of the old pages away, so a page opened for the first time in an old window
 * cannot be loaded: the window is then loaded anew, once for each address.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(KEY) === location.href) return;
    sessionStorage.setItem(KEY, location.href);
    event.preventDefault();
    location.reload();
  });
}
