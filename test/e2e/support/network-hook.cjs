// Loaded into Electron's main process before the product, by the test launcher alone: refuses every connection that leaves this machine,
// as a pulled cable would, and remembers that it was tried.
'use strict';
const net = require('node:net');
const { connect } = net.Socket.prototype;
const OURS = new Set(['127.0.0.1', '::1', 'localhost', undefined]);
globalThis.triedOutside = [];
net.Socket.prototype.connect = function guarded(...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const { host, path } = typeof first === 'object' && first !== null ? first : {};
  if (path !== undefined || typeof first === 'string' || OURS.has(host)) return connect.apply(this, given);
  globalThis.triedOutside.push(String(host));
  process.nextTick(() => this.destroy(Object.assign(new Error(`no network: ${host}`), { code: 'ENETUNREACH' })));
  return this;
};
