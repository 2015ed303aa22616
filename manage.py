#!/usr/bin/env python
# SPDX-License-Identifier: EUPL-1.2
"""Entry point of the administrative commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
