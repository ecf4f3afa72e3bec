import { revalidatePath } from 'next/cache'

/**
 * Has every cached page made anew before it is shown again, and the page whose action this is. Other
 * processes keep theirs: where they show what is hidden by now, the page's script hears 404 and
 * renews it.
 */
export function renewCachedPages(): void {
  revalidatePath('/', 'layout')
}
