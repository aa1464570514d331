'use client';

import './globals.css';

/** The page's frame itself failed, so no language is known here: both are spoken, and nothing of the cause is said. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Tenderproof</title>
        <main className="page py-20">
          <h1 className="text-2xl sm:text-3xl">This page could not be shown</h1>
          <p className="mt-3">
            Something failed on our side. Nothing was changed. Load the page again in a moment.
          </p>
          <div lang="zh-CN" className="mt-8">
            <h2 className="text-xl">无法显示此页面</h2>
            <p className="mt-3">我们这边出了问题，没有任何改动。请稍后重新加载。</p>
          </div>
          {error.digest ? (
            <p className="mt-8 text-ink-soft">
              <code>{error.digest}</code>
            </p>
          ) : null}
        </main>
      </body>
    </html>
  );
}
