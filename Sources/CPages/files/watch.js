import { find } from './dom.js';
export function show() { find('#wverdict').textContent = 'Watch'; }
export function hide() {}
export function start() {}
