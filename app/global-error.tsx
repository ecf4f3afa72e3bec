'use client'

/** Shown when even the layout fails, so neither the language nor the messages are known. */
export default function GlobalErrorPage({ retry }: { retry: () => void }) {
  return (
    <html lang="ko">
      <body style={{ font: '17px/1.5 sans-serif', padding: 24, textAlign: 'center' }}>
        <h1 style={{ fontSize: 20 }}>화면을 불러오지 못했어요</h1>
        <p>예약한 내용은 그대로 있어요. 잠시 뒤에 다시 시도해 주세요.</p>
        <p lang="en">We couldn’t load this page. Your bookings are safe; please try again.</p>
        <button type="button" onClick={retry} style={{ minHeight: 48, padding: '0 24px' }}>
          다시 시도 · Try again
        </button>
      </body>
    </html>
  )
}
