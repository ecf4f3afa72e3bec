import type { LineRestaurant } from './evening'

const ordinary: LineRestaurant = {
  tables: [2, 2, 2, 2, 4, 4, 4, 6],
  opensAtHour: 17,
  joinMinutes: 210,
  partiesPerHour: [6, 11, 12, 8],
  weekendRush: 1.3,
  early: 0,
  mealMinutes: 55,
  mealSpread: 0.25,
  eveningSpread: 0.12,
  patienceMinutes: 150,
  noShowShare: 0.06,
  booked: 0,
  isFrugal: false,
}

/** The method's constants were chosen on these. */
export const TUNED_ON: Record<string, LineRestaurant> = {
  ordinary,
  noodles: {
    ...ordinary,
    tables: [2, 2, 2, 2, 4, 4, 6],
    partiesPerHour: [14, 22, 20, 10],
    mealMinutes: 26,
    opensAtHour: 11,
    patienceMinutes: 60,
  },
  calm: { ...ordinary, tables: [...ordinary.tables, 2, 2, 4, 4, 4], weekendRush: 1.8 },
  queueAtTheDoor: { ...ordinary, early: 18, partiesPerHour: [8, 9, 9, 6] },
}

/** The method is judged on these, which differ in everything a restaurant may differ in. */
export const HELD_OUT: Record<string, LineRestaurant> = {
  small: {
    ...ordinary,
    tables: [2, 2, 4, 6],
    partiesPerHour: [4, 6, 6, 3],
    mealMinutes: 65,
    mealSpread: 0.35,
  },
  large: {
    ...ordinary,
    tables: [2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 8],
    partiesPerHour: [16, 25, 24, 13],
    mealMinutes: 62,
    weekendRush: 1.5,
  },
  barbecue: {
    ...ordinary,
    tables: [4, 4, 4, 4, 4, 4, 6, 6],
    mealMinutes: 80,
    isFrugal: true,
    partiesPerHour: [6, 8, 8, 6],
    opensAtHour: 18,
    joinMinutes: 240,
    patienceMinutes: 90,
  },
  booked: { ...ordinary, booked: 3, eveningSpread: 0.2, noShowShare: 0.12 },
  famous: {
    ...ordinary,
    early: 25,
    partiesPerHour: [16, 14, 10, 6],
    patienceMinutes: 240,
    mealMinutes: 48,
  },
  moody: { ...ordinary, eveningSpread: 0.25, mealSpread: 0.4, weekendRush: 1.6 },
  lateBar: {
    ...ordinary,
    tables: [2, 2, 2, 2, 2, 2, 4, 4, 4],
    opensAtHour: 20,
    partiesPerHour: [5, 9, 14, 12],
    mealMinutes: 70,
    mealSpread: 0.45,
    patienceMinutes: 45,
    booked: 2,
    isFrugal: true,
  },
}
