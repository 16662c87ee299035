"""A simulated newsroom: scripted, fictional live coverage, rendered as pages at any instant and served on loopback.

What readers saw at an instant is known exactly, so it judges everything that Dateline claims.
"""
