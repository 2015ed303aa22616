# SPDX-License-Identifier: EUPL-1.2
"""The law of Italian municipal elections as plain Python: no Django, no third-party package.

Every number is a dated parameter (``norme/parametri``), every decision a step with its article,
every open legal outcome a value. See ``norme/README.md``.
"""
