import type { DietCode } from './guest-import.ts';

/**
 * What a guest follows or would rather have, in English: on the guests' own pages and in the
 * planners' lists. Only types are imported here, so that a browser gets the words alone.
 */
export const dietWords: Readonly<Record<DietCode, string>> = {
  vegetarian: 'Vegetarian',
  vegan: 'Vegan',
  pescatarian: 'Pescatarian',
  halal: 'Halal',
  kosher: 'Kosher',
  gluten: 'No gluten',
  lactose: 'No lactose',
  dairy: 'No dairy',
  egg: 'No egg',
  nuts: 'No tree nuts',
  peanuts: 'No peanuts',
  fish: 'No fish',
  shellfish: 'No shellfish',
  soy: 'No soy',
  sesame: 'No sesame',
  celery: 'No celery',
  mustard: 'No mustard',
  lupin: 'No lupin',
  sulphites: 'No sulphites',
  pork: 'No pork',
  beef: 'No beef',
  'red-meat': 'No red meat',
  alcohol: 'No alcohol',
  sugar: 'No sugar',
  'low-salt': 'Low salt',
  other: 'Something else',
};
