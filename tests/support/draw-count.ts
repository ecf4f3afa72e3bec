import type { Page } from 'playwright-core'

export type DrawCount = { tables: number; cells: number; parties: number }

declare global {
  interface Window {
    drawCount?: DrawCount
    __REACT_DEVTOOLS_GLOBAL_HOOK__?: unknown
  }
}

/**
 * Counts each drawing of a table, of one of its cells and of a party of the list. React tells its
 * developer tools of each commit through this hook, in production too, if it is there before React.
 */
export async function countDrawings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      tag: number
      flags: number
      type: unknown
      memoizedProps: { role?: string; children?: unknown } | null
      child: Fiber | null
      sibling: Fiber | null
      alternate: Fiber | null
    }
    const FUNCTION_TAGS = [0, 14, 15]
    const PERFORMED_WORK = 1
    const count = { tables: 0, cells: 0, parties: 0 }

    function note({ tag, flags, child }: Fiber) {
      if (!FUNCTION_TAGS.includes(tag) || (flags & PERFORMED_WORK) === 0) return
      if (child?.memoizedProps?.role === 'row') count.tables += 1
      if (child?.memoizedProps?.role === 'gridcell') count.cells += 1
      if (child?.type === 'li') count.parties += 1
    }
    function walk(fiber: Fiber, before: Fiber | null) {
      note(fiber)
      // Nothing below was looked at in this commit.
      if (fiber.child === before?.child) return
      for (let child = fiber.child; child; child = child.sibling) walk(child, child.alternate)
    }
    window.drawCount = count
    window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true,
      isDisabled: false,
      inject: () => 1,
      checkDCE: () => {},
      onCommitFiberUnmount: () => {},
      onPostCommitFiberRoot: () => {},
      onCommitFiberRoot: (_id: number, { current }: { current: Fiber }) =>
        walk(current, current.alternate),
    }
  })
}

export async function readDrawCount(page: Page): Promise<DrawCount> {
  const count = await page.evaluate(() => window.drawCount)
  if (!count) throw new Error('Nobody counts on this page.')
  return count
}
