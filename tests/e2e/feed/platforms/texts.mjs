// The invented words of the platforms' pages: moderate, and about nobody who exists.
export const CALL = 'Les Roms du terrain vague, il faut tous les chasser d’ici ! 😡 Que plus personne ne les serve.';
export const INSULT = 'De toute façon, les Arabes sont des sauvages, on devrait leur interdire l’entrée de la piscine. 🤬';
export const SEXIST = 'Les femmes au conseil municipal : toutes des incapables, qu’elles retournent à la cuisine 🤡';
export const CONTEMPT = 'Les musulmans sont des parasites, ils n’ont rien à faire dans ce pays.';
/** Lawful ones, the positive controls among them. */
export const OPINION = 'La mairie ferme la piscine deux mois sans prévenir : c’est une mauvaise décision, et mal expliquée.';
export const CALM = 'Nos voisins sont nos voisins. Signalez ce genre de propos, ne les relayez pas. ❤️';
