// Loaded before a child's own code (node --import): when the parent goes, however it goes, the channel to it closes,
// and the child ends as if it had been asked to; if it does not, it ends anyway. Processes that the child starts with
// the same arguments (build workers) are its own business.
if (process.channel && Number(process.env.TENDERPROOF_STARTER) === process.ppid) {
  process.channel.unref();
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 15_000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
}
