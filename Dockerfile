FROM python:3.11-slim
WORKDIR /caregraph
ARG REQUIREMENTS=requirements.txt
COPY ${REQUIREMENTS} .
RUN pip install --no-cache-dir --require-hashes -r ${REQUIREMENTS}
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --no-index --editable . \
    && useradd --create-home caregraph && mkdir /data && chown caregraph /data
USER caregraph
EXPOSE 8501
CMD ["caregraph", "demo", "--host", "0.0.0.0"]
