BEGIN TRANSACTION;
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	text_digest VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	added_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (text_digest)
);
CREATE TABLE claims (
	coding_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	article_id VARCHAR NOT NULL, 
	known_at DATE NOT NULL, 
	actor_code VARCHAR, 
	recipient_code VARCHAR, 
	dyad_a VARCHAR, 
	dyad_b VARCHAR, 
	event VARCHAR NOT NULL, 
	mode VARCHAR, 
	cameo VARCHAR NOT NULL, 
	quad INTEGER NOT NULL, 
	intensity FLOAT NOT NULL, 
	status VARCHAR NOT NULL, 
	probability_low FLOAT, 
	probability_high FLOAT, 
	date DATE, 
	"end" DATE, 
	precision VARCHAR NOT NULL, 
	place TEXT, 
	tie_kind VARCHAR, 
	tie_effect VARCHAR, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	sentence TEXT NOT NULL, 
	"trigger" TEXT NOT NULL, 
	actor JSON NOT NULL, 
	recipient JSON, 
	magnitudes JSON NOT NULL, 
	attribution JSON NOT NULL, 
	denies VARCHAR, 
	outlet TEXT, 
	published DATE, 
	confidence FLOAT NOT NULL, 
	coder VARCHAR NOT NULL, 
	coded_at DATETIME NOT NULL, 
	explanation JSON NOT NULL, 
	sequence INTEGER NOT NULL, 
	PRIMARY KEY (coding_id, position), 
	FOREIGN KEY(coding_id) REFERENCES codings (id), 
	FOREIGN KEY(article_id) REFERENCES articles (id)
);
CREATE TABLE codings (
	id INTEGER NOT NULL, 
	article_id VARCHAR NOT NULL, 
	report_id INTEGER NOT NULL, 
	coder VARCHAR NOT NULL, 
	coded_at DATETIME NOT NULL, 
	known_at DATE NOT NULL, 
	added_at DATETIME NOT NULL, 
	parts INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (article_id, coder, known_at), 
	FOREIGN KEY(article_id) REFERENCES articles (id), 
	FOREIGN KEY(report_id) REFERENCES reports (id)
);
CREATE TABLE detente_migrations (
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "detente_migrations" VALUES(1,'first_tables');
CREATE TABLE links (
	coding_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	cause VARCHAR NOT NULL, 
	effect VARCHAR NOT NULL, 
	sign INTEGER NOT NULL, 
	conditional BOOLEAN NOT NULL, 
	relation VARCHAR NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	attribution JSON NOT NULL, 
	marker TEXT NOT NULL, 
	PRIMARY KEY (coding_id, position), 
	FOREIGN KEY(coding_id) REFERENCES codings (id)
);
CREATE TABLE predictions (
	coding_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	claim VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	probability_low FLOAT NOT NULL, 
	probability_high FLOAT NOT NULL, 
	hedge TEXT NOT NULL, 
	horizon DATE, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	attribution JSON NOT NULL, 
	test TEXT NOT NULL, 
	outcome BOOLEAN, 
	score FLOAT, 
	PRIMARY KEY (coding_id, position), 
	FOREIGN KEY(coding_id) REFERENCES codings (id)
);
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	article_id VARCHAR NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	title TEXT, 
	byline TEXT, 
	language VARCHAR NOT NULL, 
	published DATE, 
	retrieved DATETIME NOT NULL, 
	dateline TEXT, 
	outlet_note TEXT, 
	dropped JSON NOT NULL, 
	known_at DATE NOT NULL, 
	added_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article_id) REFERENCES articles (id)
);
CREATE TABLE sentences (
	coding_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	paragraph INTEGER NOT NULL, 
	PRIMARY KEY (coding_id, position), 
	FOREIGN KEY(coding_id) REFERENCES codings (id)
);
CREATE INDEX reports_by_url ON reports (url);
CREATE INDEX reports_by_article ON reports (article_id, known_at);
CREATE INDEX claims_by_known_at ON claims (known_at);
CREATE INDEX claims_by_dyad ON claims (dyad_a, dyad_b, coding_id);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_recipient ON claims (recipient_code, coding_id);
CREATE INDEX claims_by_actor ON claims (actor_code, coding_id);
CREATE INDEX claims_by_date ON claims (date);
COMMIT;
