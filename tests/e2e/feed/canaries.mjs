// What must never be stored. Each stands in a page of the feed at the place that its name says, inside the captured post as well as around it.
export const CANARIES = {
  script: 'CANARI-script-7f1c',
  pageState: 'CANARI-etat-2b90',
  meta: 'CANARI-meta-csrf-a3d8',
  hiddenInput: 'CANARI-champ-cache-55e1',
  formValue: 'CANARI-brouillon-c04f',
  query: 'CANARI-requete-91ab',
  dataAttribute: 'CANARI-data-jeton-0d6e',
  handler: 'CANARI-onclick-b7f2',
  shadow: 'CANARI-ombre-e829',
  comment: 'CANARI-commentaire-64c3',
  cookie: 'CANARI-temoin-de-connexion-1aa5',
};

/** The address bar of a logged-in person: the share token must not be kept. */
export const withSecretQuery = (url) => `${url}?s=20&auth_token=${CANARIES.query}`;
