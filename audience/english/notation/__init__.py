"""Rules as analysts write them: `orders >= 3 AND country IN (ES, FR)`."""
