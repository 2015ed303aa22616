"""The guide inside the product: ``docs/guida`` as pages, and the place of the guide for each page of Urna."""
