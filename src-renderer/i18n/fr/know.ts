import type { know as english } from '../en/know.ts';
import type { Texts } from '../texts.ts';

export const know: Texts<typeof english> = {
  awake: 'Éveillé quand il le faut',
  awakeHint:
    'Un ordinateur en veille ou éteint ne publie rien. Ce qui tombe pendant ce temps est manqué et attend dans À revoir.',
  ahead: 'Les {{hours}} prochaines heures',
  aheadOff: 'La publication est arrêtée : rien ne part.',
  aheadNone: 'Aucune publication n’est prévue.',
  aheadPosts_one: '{{n}} publication, à {{first}} : cet ordinateur doit alors être éveillé.',
  aheadPosts_many:
    '{{n}} de publications entre {{first}} et {{last}} : cet ordinateur doit alors être éveillé.',
  aheadPosts_other:
    '{{n}} publications entre {{first}} et {{last}} : cet ordinateur doit alors être éveillé.',
  staysAwake:
    'Il est empêché de s’endormir de lui-même jusqu’à la dernière. Fermer le capot met pourtant la plupart des portables en veille.',
  mayMiss:
    'Il peut s’endormir avant la publication de {{when}}. Gardez-le éveillé plus longtemps, ou veillez à ce qu’il ne s’endorme pas.',
  yesAhead_one:
    '{{n}} publication prévue dans ces heures attend un accord ; son heure est {{first}}. Sans lui, elle est manquée.',
  yesAhead_many:
    '{{n}} de publications prévues dans ces heures attendent un accord, la première à {{first}}. Sans lui, elles sont manquées.',
  yesAhead_other:
    '{{n}} publications prévues dans ces heures attendent un accord, la première à {{first}}. Sans lui, elles sont manquées.',
  showWaiting: 'Les voir',
  keep: 'Garder éveillé tant que quelque chose est prévu',
  keepHint: 'Seulement pendant la publication. L’écran peut s’éteindre.',
  keepChoices: { '0': 'Jamais', '15': 'Dans 15 min', '60': 'Dans 1 heure', '720': 'Dans 12 heures' },
  login: 'Démarrer à l’ouverture de session',
  loginLabel: 'Démarrer All Stop, dans la zone de notification, quand j’ouvre ma session',
  loginHint: 'Après un redémarrage de l’ordinateur, rien ne part avant qu’All Stop tourne de nouveau.',
  notices: 'Notifications',
  noticesHint:
    'Regroupées, au plus une toutes les quelques minutes. Ce qui touche à l’arrêt et à ses commandes est toujours signalé.',
  tellMe: 'Me signaler',
  classes: {
    missed: 'Les publications manquées',
    failed: 'Les publications en échec',
    unconfirmed: 'Les publications peut-être parues, non confirmées',
    signIns: 'Les comptes à reconnecter',
    yes: 'Les publications proches qui attendent encore un accord',
    backups: 'Les sauvegardes qui n’ont pas pu être faites',
  },
  digest: 'Résumé du jour',
  digestHint: 'Une notification par jour : ce qui est parti, ce qui attend et ce qui vient demain.',
  digestLabel: 'Une fois par jour',
  digestAt: 'À',
  digestNow: 'Il dirait maintenant : « {{words}} »',
  wentOut_one: '{{n}} publication partie',
  wentOut_many: '{{n}} de publications parties',
  wentOut_other: '{{n}} publications parties',
  failed: '{{n}} en échec',
  missed: '{{n}} manquées',
  waits_one: '{{n}} publication attend dans À revoir.',
  waits_many: '{{n}} de publications attendent dans À revoir.',
  waits_other: '{{n}} publications attendent dans À revoir.',
  tomorrow_one: 'Demain {{n}} publication, à {{first}}.',
  tomorrow_many: 'Demain {{n}} de publications, la première à {{first}}.',
  tomorrow_other: 'Demain {{n}} publications, la première à {{first}}.',
  nothingTomorrow: 'Rien n’est programmé demain.',
};
