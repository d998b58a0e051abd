#+ summary: A sampled digest is a digest, for a source.
DELETE WHERE { <ni:///sha-256;XhA4nWJjihQo4m_ExDw7uurm4TmcIxeesxg9T-L2qyk> vam:sha256 ?hex } ; INSERT DATA { <ni:///sha-256;XhA4nWJjihQo4m_ExDw7uurm4TmcIxeesxg9T-L2qyk> vam:sampledDigest "xxh64:0a5c" }
