import type { MetadataRoute } from 'next'

/**
 * One manifest for both languages: a phone installs one app, and its name holds the brand in both
 * scripts. The icons are app/icon.svg drawn by a browser, the maskable one with room for any mask.
 */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: '밥줄 Bobjool',
    short_name: '밥줄',
    description: '식당 자리를 실시간으로 보고 한 번에 예약해요.',
    lang: 'ko',
    // Staff begin at their board, diners at the tables; the id stays, so that it is the same app.
    start_url: '/start',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: '내 예약', url: '/reservations' },
      { name: '오늘 자리 있는 곳', url: '/restaurants?free=today' },
    ],
  }
}
