import { prisma } from '@/lib/db'
import type { Transaction } from '@/lib/transaction'
import type { Picture } from './schema'

/** In the order they are shown in. */
export async function listPictures(
  restaurantId: string,
  db: Transaction = prisma,
): Promise<Picture[]> {
  return db.restaurantPicture.findMany({
    where: { restaurantId },
    orderBy: { position: 'asc' },
    select: { url: true, alt: true },
  })
}
