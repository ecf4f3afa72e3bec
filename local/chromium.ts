import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** The headless shell takes half of the whole browser's time. */
const SHELLS = ['chromium-headless-shell']
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A Chromium or Chrome of this machine, or one that Playwright downloaded; CHROMIUM_PATH wins.
 * `isWhole`: not the headless shell, which shows no notifications.
 */
export function findChromium({ isWhole = false } = {}): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : null
  const installed =
    findOnPath(isWhole ? WHOLE : [...SHELLS, ...WHOLE]) ?? MAC_APPS.find((app) => existsSync(app))
  if (installed) return installed
  const downloaded = chromium.executablePath()
  return downloaded && existsSync(downloaded) ? downloaded : null
}

export const MISSING_CHROMIUM =
  'The browser journeys need Chromium and there is none. Install it (Debian: apt-get install ' +
  'chromium chromium-headless-shell; anywhere: npx playwright-core install chromium), or set CHROMIUM_PATH.'

function findOnPath(commands: string[]): string | null {
  const finder = process.platform === 'win32' ? 'where' : 'which'
  for (const command of commands) {
    const found = spawnSync(finder, [command], { encoding: 'utf8' })
    const first = found.stdout?.split(/\r?\n/)[0]
    if (found.status === 0 && first) return first
  }
  return null
}
