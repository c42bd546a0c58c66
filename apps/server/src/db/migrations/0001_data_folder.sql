CREATE TABLE "studio" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"data_folder" uuid NOT NULL,
	CONSTRAINT "studio_only" CHECK ("studio"."only")
);
