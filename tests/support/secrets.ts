/** A secret of the configuration. */
interface Secret {
  strong: string
  /** Production does not start without it. */
  isNeeded?: true
  /** The variable without which it means nothing, and which means nothing without it. */
  other?: [name: string, value: string]
}

const PEM =
  '-----BEGIN PRIVATE KEY-----\nTUlJRXZnSUJBREFOQmdrcWhraUc5dzBC\n-----END PRIVATE KEY-----'

/** Every secret that production reads: a test compares the names with `.env.example`. */
export const SECRETS: Record<string, Secret> = {
  DATABASE_URL: { strong: 'postgresql://app:Rk7vQ2@127.0.0.1:1/bobjool', isNeeded: true },
  UPSTASH_REDIS_REST_TOKEN: {
    strong: 'AXr9ASQgNzU5ZDk0',
    other: ['UPSTASH_REDIS_REST_URL', 'http://127.0.0.1:1'],
  },
  REDIS_URL: { strong: 'redis://app:Wm4tNz@127.0.0.1:1' },
  SMTP_URL: { strong: 'smtp://user:Yx6pLw@127.0.0.1:1' },
  MAIL_HOOK_SECRET: { strong: 'whsec_Zk3vQ8mTn1xRb5yWd7cHg2pJf6uLe9aO' },
  DKIM_PRIVATE_KEY: { strong: PEM, other: ['DKIM_SELECTOR', 'bobjool'] },
  VAPID_PRIVATE_KEY: {
    strong: 'j-mLTgMsRaLvcrTK3IE08v5FzdRuptA_uQNNRIJRr3c',
    other: [
      'VAPID_PUBLIC_KEY',
      'BECDsnI4a2h6fEXFJweloyfd3ubRcN-KV59pJ9hchh8ldG-KwU46INTSO2m99HTTwMD2Snu2bNjBwzHHNJFNGYw',
    ],
  },
  AUTH_SECRET: { strong: 'Tz5qWk8vXn2rYd6mHb1sJc9gPf4uLe7aOiKxVwZtBy3', isNeeded: true },
  DATA_KEYS: { strong: 'Jd3oYw6NfLk9sRb0TzQe4MxVg7CuHi1pAa5WtKyBnXE', isNeeded: true },
  CRON_SECRET: { strong: 'Qs8tXw2kYr7dMc4vNx9gBh1qJf5uLa3eOiTzKwVyRb6' },
  METRICS_TOKEN: { strong: 'Wm5rZk9tQx3vNb7yHd2sJc6gPf1uLa8eOiRqTnVwYz4' },
  KAKAO_CLIENT_SECRET: { strong: 'kQ7vXn2rYd6m', other: ['KAKAO_CLIENT_ID', 'bobjool'] },
  NAVER_CLIENT_SECRET: { strong: 'nB1sJc9gPf4u', other: ['NAVER_CLIENT_ID', 'bobjool'] },
}

/** One that can be guessed, of each secret that the operator makes up; the database's is the sample's. */
export const WEAK: Record<string, string> = {
  DATABASE_URL: 'postgresql://bobjool_app:password@127.0.0.1:1/bobjool',
  MAIL_HOOK_SECRET: 'whsec_c2VjcmV0',
  VAPID_PRIVATE_KEY: 'v'.repeat(43),
  AUTH_SECRET: 'a-short-one-0123456789',
  DATA_KEYS: 'A'.repeat(43),
  CRON_SECRET: 'your-cron-secret-change-this-please-now',
  METRICS_TOKEN: 'prometheus-token-prometheus-token',
}
