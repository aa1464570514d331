/** Run once by Next when the web server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { checkWebStart } = await import('@/lib/server/check-web-start');
    await checkWebStart();
  }
}
