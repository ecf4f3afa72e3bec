export const dynamic = 'force-static'

/**
 * B1: a page made once, while building, and served from the build. It stands under `/api`, where
 * `proxy.ts` does not run, as it does not run for the boards this is compared with.
 */
// biome-ignore lint/style/noDefaultExport: Next takes a page from the default export.
export default function Page() {
  return (
    <main>
      <h1>밥줄</h1>
      <p>오늘 저녁, 자리가 있을까요?</p>
    </main>
  )
}
