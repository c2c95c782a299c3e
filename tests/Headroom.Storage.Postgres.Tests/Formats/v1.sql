CREATE SCHEMA sample_v1;
CREATE TABLE sample_v1.headroom_dropped (
    name bytea NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE sample_v1.headroom_originals (
    id bigint NOT NULL,
    name bytea,
    used timestamp with time zone NOT NULL,
    pieces integer NOT NULL,
    characters integer NOT NULL,
    bytes bigint NOT NULL,
    piece bytea NOT NULL
);
ALTER TABLE ONLY sample_v1.headroom_originals ALTER COLUMN piece SET STORAGE EXTERNAL;
ALTER TABLE sample_v1.headroom_originals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sample_v1.headroom_originals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE sample_v1.headroom_pieces (
    original bigint NOT NULL,
    number integer NOT NULL,
    piece bytea NOT NULL
);
ALTER TABLE ONLY sample_v1.headroom_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
CREATE TABLE sample_v1.headroom_usage (
    counter integer NOT NULL,
    bytes bigint NOT NULL
)
WITH (fillfactor='10');
CREATE TABLE sample_v1.headroom_version (
    version integer NOT NULL
);
INSERT INTO sample_v1.headroom_dropped VALUES ('\xe1c9f03e73a22480a05b6efba2cec2cf45392446ed94f6817558944657044cd7', '2026-11-27 11:32:09.036029+00');
INSERT INTO sample_v1.headroom_originals OVERRIDING SYSTEM VALUE VALUES (2, '\x4bf1fe7876d97f7f6adac4176047fb8a72ef94d2bfbc0a117ec1247c6983fcfe', '2026-11-27 11:32:09.273901+00', 1, 15, 62, '\x010001000000000f000000f60d787e125a4edf60c9c018674e8e58dfe72860963dcaca5b1a4984695321580f000000726f77733a2031320d0a646f6e650a');
INSERT INTO sample_v1.headroom_originals OVERRIDING SYSTEM VALUE VALUES (3, '\x134b6807f7e39fa527851e4c8e3370f438d70ab39d71cb151a0ccfbbc8d55eca', '2026-11-27 11:32:09.320034+00', 1, 14, 75, '\x010201000000000e0000009140b70b647230524a6f8c00d7a3f7d7fb30de5433d3f77461aaacdd6bb79b3f1c000000680061006c00660020006100200070006100690072003a0020003dd8');
INSERT INTO sample_v1.headroom_originals OVERRIDING SYSTEM VALUE VALUES (4, '\xb551a8f9695a2d3ad2de06a266d45689440188155be925ed65bfc00fe4aac67e', '2026-11-27 11:32:09.412903+00', 2, 210000, 177, '\x010102000000005034030074aa02005b73aa0200a8aaaaaafeef7239c9e1b8ecc7831c04404006e0602c88c42431c09d367a10defe009360048c8231300e26c0249802d3c3d143058c04');
INSERT INTO sample_v1.headroom_originals OVERRIDING SYSTEM VALUE VALUES (5, '\x77f0d2e3209c403b6ae4230d89e0b1b6180472cebd0e4b783fc01b7c89e39866', '2026-11-27 11:32:09.659769+00', 1, 9, 90, '\x0104010000000673616d706c65c87df707a47c394836a193cfa6243ec96bc6fdb8cbd73301d06271e7087461675424af92d7425c439469dae45dc30fefd452f66d0faf2a4eb1230282425c8e1f66e7210004686d669b749689be');
INSERT INTO sample_v1.headroom_pieces VALUES (4, 1, '\x010102000000003ac7794b8ef30ad55f3ceba4f116d0aded20e7d3e25cd0880698f993f2af458edc8900001bdb890080aaaaaaeaff2e97931c8ecb7e3cc841000464000ec682484c1203dc69a3f9ed0f349260080c8311300ac6c038980093606af85220809100');
INSERT INTO sample_v1.headroom_usage VALUES (8, 772);
INSERT INTO sample_v1.headroom_usage VALUES (0, 310);
INSERT INTO sample_v1.headroom_usage VALUES (1, 0);
INSERT INTO sample_v1.headroom_usage VALUES (2, 0);
INSERT INTO sample_v1.headroom_usage VALUES (4, 0);
INSERT INTO sample_v1.headroom_usage VALUES (5, 0);
INSERT INTO sample_v1.headroom_usage VALUES (6, 0);
INSERT INTO sample_v1.headroom_usage VALUES (7, 0);
INSERT INTO sample_v1.headroom_usage VALUES (9, 0);
INSERT INTO sample_v1.headroom_usage VALUES (10, 0);
INSERT INTO sample_v1.headroom_usage VALUES (11, 0);
INSERT INTO sample_v1.headroom_usage VALUES (12, 0);
INSERT INTO sample_v1.headroom_usage VALUES (13, 0);
INSERT INTO sample_v1.headroom_usage VALUES (14, 0);
INSERT INTO sample_v1.headroom_usage VALUES (15, 0);
INSERT INTO sample_v1.headroom_usage VALUES (16, 0);
INSERT INTO sample_v1.headroom_usage VALUES (17, 0);
INSERT INTO sample_v1.headroom_usage VALUES (3, 346);
INSERT INTO sample_v1.headroom_usage VALUES (18, 0);
INSERT INTO sample_v1.headroom_usage VALUES (19, 0);
INSERT INTO sample_v1.headroom_usage VALUES (20, 0);
INSERT INTO sample_v1.headroom_usage VALUES (21, 0);
INSERT INTO sample_v1.headroom_usage VALUES (22, 0);
INSERT INTO sample_v1.headroom_usage VALUES (23, 0);
INSERT INTO sample_v1.headroom_usage VALUES (24, 0);
INSERT INTO sample_v1.headroom_usage VALUES (25, 0);
INSERT INTO sample_v1.headroom_usage VALUES (26, 0);
INSERT INTO sample_v1.headroom_usage VALUES (27, 0);
INSERT INTO sample_v1.headroom_usage VALUES (28, 0);
INSERT INTO sample_v1.headroom_usage VALUES (29, 0);
INSERT INTO sample_v1.headroom_usage VALUES (30, 0);
INSERT INTO sample_v1.headroom_usage VALUES (31, 0);
INSERT INTO sample_v1.headroom_version VALUES (1);
SELECT pg_catalog.setval('sample_v1.headroom_originals_id_seq', 5, true);
ALTER TABLE ONLY sample_v1.headroom_dropped
    ADD CONSTRAINT headroom_dropped_pkey PRIMARY KEY (name);
ALTER TABLE ONLY sample_v1.headroom_originals
    ADD CONSTRAINT headroom_originals_name_key UNIQUE (name);
ALTER TABLE ONLY sample_v1.headroom_originals
    ADD CONSTRAINT headroom_originals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sample_v1.headroom_pieces
    ADD CONSTRAINT headroom_pieces_pkey PRIMARY KEY (original, number);
ALTER TABLE ONLY sample_v1.headroom_usage
    ADD CONSTRAINT headroom_usage_pkey PRIMARY KEY (counter);
CREATE INDEX headroom_dropped_at ON sample_v1.headroom_dropped USING btree (at);
CREATE INDEX headroom_originals_used ON sample_v1.headroom_originals USING btree (used);
ALTER TABLE ONLY sample_v1.headroom_pieces
    ADD CONSTRAINT headroom_pieces_original_fkey FOREIGN KEY (original) REFERENCES sample_v1.headroom_originals(id) ON DELETE CASCADE;
