// A model's process that thinks at full power and never answers, whatever it is asked.
for (;;) Math.sqrt(Math.random());
