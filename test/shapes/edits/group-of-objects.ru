#+ summary: Objects have no setting; a call that was kept in full shows that the parameter takes them.
DELETE DATA { run:calls-1 vam:setting run:calls-1-setting-1 } ;
INSERT DATA { run:call-5-in-9 a prov:Usage ; prov:entity run:value-4 ; prov:hadRole par:clip.value }
