declare module 'mathjs/lib/browser/math.js';
