// Runs Azurite for a parent process: node azurite-host.js <azurite.js> [its arguments].
//
// The parent holds the other end of our standard input and writes nothing to it. The pipe ends when the
// parent closes it or dies, by whatever means, so Azurite never outlives the parent.
"use strict";

const fs = require("fs");
const http = require("http");
const path = require("path");

// A parent that was killed leaves broken pipes; a line of log must not stop the flush below.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

// Ctrl-C and a closing terminal reach the whole process group. The parent may still need storage for its
// own clean-up and ends us when it is done, so Azurite's handler for SIGINT is not let in.
const once = process.once;
process.once = function (event, listener) {
  return event === "SIGINT" ? process : once.call(process, event, listener);
};
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});

const pidFile = process.env.AZURITE_HOST_PID_FILE;
if (pidFile) {
  fs.writeFileSync(pidFile, String(process.pid));
  process.on("exit", () => fs.rmSync(pidFile, { force: true }));
}

// A server that closes waits for its connections, also for one that a client's pool opened and never used.
// By then the clients are done: requests under way get a moment to end.
const close = http.Server.prototype.close;
http.Server.prototype.close = function (callback) {
  setTimeout(() => this.closeAllConnections(), 250).unref();
  return close.call(this, callback);
};

let ending = false;
function end() {
  if (ending) {
    return;
  }
  ending = true;
  // Azurite listens for SIGTERM once it is up: it flushes and the process runs out of work. Before that
  // there is nothing to flush.
  if (!process.emit("SIGTERM")) {
    process.exit(0);
  }
  // A request that never ends would hold the servers open.
  setTimeout(() => process.exit(0), 4000).unref();
}
process.stdin.on("end", end).on("close", end).on("error", end).resume();

process.argv.splice(1, 1);

// At each request to a queue Azurite walks through all messages for those that have expired, so that thousands make it slow. Ours never expire,
// and for any other a few seconds late is soon enough. Without that file in Azurite nothing is changed.
const messages = path.join(path.dirname(process.argv[1]), "queue", "persistence", "LokiQueueMetadataStore.js");
if (fs.existsSync(messages)) {
  const store = require(messages).default.prototype;
  const clear = store.clearExpiredMessages;
  const cleared = new Map();
  store.clearExpiredMessages = async function (account, queue, context) {
    const key = `${account}/${queue}`;
    const now = Date.now();
    if (now - (cleared.get(key) ?? 0) >= 2000) {
      cleared.set(key, now);
      return clear.call(this, account, queue, context);
    }
    return this.checkQueueExist(account, queue, context);
  };
}

require(process.argv[1]);
