export const retention = {
  kept_one: '{{what}}: {{count}} dag {{since}} ({{ground}}).',
  kept_other: '{{what}}: {{count}} dage {{since}} ({{ground}}).',
  atOnce: '{{what}}: slettes, {{since}} ({{ground}}).',
};
