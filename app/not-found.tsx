import { Mark } from '@/components/site/wordmark';

/** An address outside every language: no request language is known here, so both are spoken. */
export default function NotFound() {
  return (
    <html lang="en">
      <body>
        <title>Page not found · Tenderproof</title>
        <main className="page py-20">
          <Mark className="size-10" />
          <h1 className="mt-6 text-2xl sm:text-3xl">There is no page at this address</h1>
          <p className="mt-3">
            <a href="/en" className="link">
              Go to the home page
            </a>
          </p>
          <div lang="zh-CN" className="mt-10">
            <h2 className="text-xl">此地址没有对应的页面</h2>
            <p className="mt-3">
              <a href="/zh" className="link">
                返回首页
              </a>
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
