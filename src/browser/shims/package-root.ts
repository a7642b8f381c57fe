/** In a browser the package lies nowhere. */
export const PACKAGE_ROOT = '';
